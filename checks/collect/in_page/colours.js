// Shannon entropy of the colours of a picture, in bits a pixel: 0 where all of it is one colour. Takes a PNG in base64; it
// is read here because a browser is a reader of pictures that is there anyway.
async (png) => {
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, picture.width, picture.height).data.buffer);
  const counts = new Map();
  // Most neighbours are alike, and a look into the map costs more than a step.
  for (let start = 0, end = 0; start < pixels.length; start = end) {
    while (end < pixels.length && pixels[end] === pixels[start]) end += 1;
    counts.set(pixels[start], (counts.get(pixels[start]) ?? 0) + end - start);
  }
  return Array.from(counts.values()).reduce((bits, count) => bits - (count / pixels.length) * Math.log2(count / pixels.length), 0);
}
