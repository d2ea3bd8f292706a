// Shows what one table is joined to: on hover, on keyboard focus, and while a name is searched.
(() => {
  const map = document.querySelector("svg.map");
  if (!map) return;
  const wires = [...map.querySelectorAll(".wire")];
  const cards = new Map([...map.querySelectorAll(".card")].map((c) => [c.dataset.k, c]));
  const clear = () => {
    map.classList.remove("focus");
    map.querySelectorAll(".near").forEach((e) => e.classList.remove("near"));
  };
  const show = (keys, own) => {
    clear();
    if (!own && !keys.size) return;
    map.classList.add("focus");
    keys.forEach((k) => cards.get(k).classList.add("near"));
    for (const wire of wires) {
      // The cards at both ends of each pair of tables; a wire between two panels has many.
      const [from, to] = [wire.dataset.a.split(" "), wire.dataset.b.split(" ")];
      from.forEach((a, n) => {
        const b = to[n];
        if (own ? wire === own : keys.has(a) || keys.has(b)) {
          [wire, cards.get(a), cards.get(b)].forEach((e) => e.classList.add("near"));
        }
      });
    }
  };
  const search = document.querySelector("#find");
  const found = () => {
    const word = search.value.trim().toLowerCase();
    const keys = new Set();
    if (word) {
      cards.forEach((card, key) => {
        if (card.querySelector("title").textContent.toLowerCase().includes(word)) keys.add(key);
      });
    }
    show(keys);
  };
  const over = (event) => {
    const card = event.target.closest(".card");
    const wire = event.target.closest(".wire");
    if (card) show(new Set([card.dataset.k]));
    else if (wire) show(new Set(), wire);
  };
  map.addEventListener("pointerover", over);
  map.addEventListener("focusin", over);
  map.addEventListener("pointerout", found);
  map.addEventListener("focusout", found);
  search.addEventListener("input", found);
  // What is folded away would be missing on paper.
  addEventListener("beforeprint", () => {
    document.querySelectorAll("details").forEach((d) => { d.open = true; });
  });
})();
