// The scripts of the pages are checked by TypeScript's compiler (web/jsconfig.json).
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "./city.mjs";
import { check, expect } from "./check.mjs";

export function checkTypes() {
  const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  return check("the scripts of web/ pass tsc --checkJs", () => new Promise((resolve, reject) => {
    execFile(process.execPath, [compiler, "-p", join(root, "web/jsconfig.json"), "--listFilesOnly"], (_, files) => {
      const own = files.split("\n").filter((file) => file.includes("/web/"));
      execFile(process.execPath, [compiler, "-p", join(root, "web/jsconfig.json")], (error, output) => {
        try {
          expect(own.length >= 2, `only ${own.length} files are checked`);
          expect(!error, output);
          resolve(undefined);
        } catch (problem) {
          reject(problem);
        }
      });
    });
  }));
}
