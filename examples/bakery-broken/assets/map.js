// Opens the directions in the map of the phone.
document.documentElement.dataset.map = "ready";
