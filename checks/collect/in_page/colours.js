// What the first of two pictures shows that the second does not: Shannon entropy of its colours there, in bits a pixel of the
// whole picture, 0 where both are the same. Takes PNGs in base64, of one size; they are read here because a browser is a
// reader of pictures that is there anyway.
async (...pictures) => {
  const [shown, bare] = await Promise.all(pictures.map(async (png) => {
    const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d", { willReadFrequently: true });
    context.drawImage(picture, 0, 0);
    return new Uint32Array(context.getImageData(0, 0, picture.width, picture.height).data.buffer);
  }));
  const counts = new Map();
  shown.forEach((pixel, n) => {
    if (pixel !== bare[n]) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  });
  const differ = Array.from(counts.values());
  const alike = shown.length - differ.reduce((sum, count) => sum + count, 0);
  const bits = (share) => (share ? -share * Math.log2(share) : 0);
  return [alike, ...differ].reduce((sum, count) => sum + bits(count / shown.length), 0);
}
