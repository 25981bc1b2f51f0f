// Takes a photograph: a JPEG drawn by the browser and compressed by it, each different.
let number = 0;

export async function takePhoto(page) {
  number += 1;
  const base64 = await page.evaluate(async (seed) => {
    const canvas = document.createElement("canvas");
    canvas.width = 1024;
    canvas.height = 768;
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    pen.fillStyle = "#5a5d60";
    pen.fillRect(0, 0, 1024, 768);
    for (let i = 0; i < 6000; i += 1) { // asphalt: the same seed gives the same grains
      const x = (i * 7919 + seed * 104729) % 1024, y = (i * 15485863 + seed * 31) % 768;
      pen.fillStyle = `rgb(${60 + (i % 7) * 12} ${62 + (i % 7) * 12} ${66 + (i % 7) * 12})`;
      pen.fillRect(x, y, 3, 3);
    }
    pen.fillStyle = "#15130f";
    pen.beginPath();
    pen.ellipse(500 + seed * 3, 390, 210, 120, 0.2, 0, 2 * Math.PI);
    pen.fill();
    pen.fillStyle = "#f2c84b";
    pen.fillRect(240, 640, 520, 46);
    pen.fillStyle = "#111111";
    for (let mark = 0; mark <= 50; mark += 1) pen.fillRect(244 + mark * 10.2, 640, 2, mark % 10 ? 16 : 34);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.8));
    const bytes = new Uint8Array(await /** @type {Blob} */ (blob).arrayBuffer());
    return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""));
  }, number);
  return { name: `photo-${number}.jpg`, mimeType: "image/jpeg", buffer: Buffer.from(base64, "base64") };
}
