// Marks the next free Saturday.
(() => {
  const dates = window.bookingDates || [];
  if (dates.length === 0) {
    throw new Error("booking: no dates configured");
  }
})();
