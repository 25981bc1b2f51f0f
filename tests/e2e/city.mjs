// Starts `adal demo` on a free port in a temporary directory, gives its address and the sign-in links, and
// stops it again. Nothing here knows a page.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const root = new URL("../..", import.meta.url).pathname;
export const program = process.env.ADAL_PROGRAM ?? join(root, "build/release/adal");

export async function startCity() {
  const data = mkdtempSync(join(tmpdir(), "adal-e2e-"));
  const child = spawn(program, ["demo", "--data", data, "--listen", "127.0.0.1:0", "--lang", "en"], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const stopAtExit = () => child.kill("SIGKILL");
  process.on("exit", stopAtExit);
  const city = { address: "", links: {}, data, output: () => output, stop };
  child.stdout.setEncoding("utf8");
  child.stderr.setEncoding("utf8");
  child.stderr.on("data", (text) => (output += text));
  await new Promise((resolve, reject) => {
    child.on("exit", (code) => reject(new Error(`the demo stopped with ${code}\n${output}`)));
    child.stdout.on("data", (text) => {
      output += text;
      const listening = output.match(/listening on (http:\/\/\S+)/);
      if (!listening) return;
      city.address = listening[1].replace(/\/$/, "");
      for (const [, role, link] of output.matchAll(/^\s+([a-z-]+)\s+(http\S+)$/gm)) city.links[role] = link;
      resolve(undefined);
    });
  });
  function stop() {
    return new Promise((resolve) => {
      child.removeAllListeners("exit");
      process.off("exit", stopAtExit);
      child.on("exit", () => {
        rmSync(data, { recursive: true, force: true });
        resolve(undefined);
      });
      child.kill("SIGTERM");
    });
  }
  return city;
}
