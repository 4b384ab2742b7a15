// What one picture shows that another of the same size does not: Shannon entropy of its colours there, in bits a pixel of the
// whole picture; 0 where nobody would see a difference. Takes PNGs in base64; they are read here because a browser is a reader
// of pictures that is there anyway.
async (shown, bare) => {
  const seenFrom = 16, leastPixels = 10;
  const pixels = async (png) => {
    const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d", { willReadFrequently: true });
    context.drawImage(picture, 0, 0);
    return new Uint32Array(context.getImageData(0, 0, picture.width, picture.height).data.buffer);
  };
  const [one, other] = await Promise.all([pixels(shown), pixels(bare)]);
  const differs = (a, b) => [0, 8, 16].some((bits) => Math.abs(((a >>> bits) & 255) - ((b >>> bits) & 255)) >= seenFrom);
  const counts = new Map();
  one.forEach((pixel, n) => {
    if (pixel !== other[n] && differs(pixel, other[n])) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  });
  const differing = Array.from(counts.values()), sum = differing.reduce((all, count) => all + count, 0);
  if (sum < leastPixels) return 0;
  const bits = (share) => (share ? -share * Math.log2(share) : 0);
  return [one.length - sum, ...differing].reduce((all, count) => all + bits(count / one.length), 0);
}
