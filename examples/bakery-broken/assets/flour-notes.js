// The article comes from the editor's interface and is put together in the browser.
(() => {
  const notes = [
    "Flour is not a powder but a harvest. It remembers the summer it grew in: after a wet July the dough is slack and the loaves come out of the baskets like tired cats, and no amount of folding will change their minds.",
    "Stoneground flour keeps the germ of the grain, and with it the oil, and with that the flavour. It also keeps for six weeks instead of two years. We buy it fresh, every Thursday, and write the date of milling on the sack with a wax crayon.",
    "Rye drinks almost its own weight in water and then asks for more. The first winter we did not believe it, and sold bricks. Our neighbours were polite, and one of them built a very small wall.",
    "Strong flour makes tall bread, and soft flour makes tender cakes. Everything interesting happens between the two, and that is where we keep our notebook."
  ];
  const place = document.getElementById("notes");
  for (const note of notes) {
    const paragraph = document.createElement("p");
    paragraph.textContent = note;
    place.append(paragraph);
  }
})();
