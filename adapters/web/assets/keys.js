// The keyboard, the palette, saved filters and the choice of people in forms. Without this file everything still works.
(() => {
  "use strict";
  const vi = document.documentElement.lang === "vi";
  const say = (a, b) => (vi ? a : b);
  document.querySelectorAll("[data-script]").forEach((e) => { e.hidden = false; });

  // j and k go through the rows of lists; Enter opens, a does the row's quick action.
  const rows = () => [...document.querySelectorAll("tr[data-row]")];
  let at = -1;
  const go = (n) => {
    const all = rows();
    if (!all.length) return;
    all[at]?.removeAttribute("aria-selected");
    at = Math.max(0, Math.min(all.length - 1, n));
    all[at].setAttribute("aria-selected", "true");
    all[at].querySelector("a")?.focus({ preventScroll: true });
    all[at].scrollIntoView({ block: "nearest" });
  };

  // Ctrl+K: go to a page, or look for somebody.
  let palette = null;
  const build = () => {
    palette = document.createElement("dialog");
    palette.className = "palette";
    palette.setAttribute("aria-label", say("Đi nhanh", "Go to"));
    const form = document.createElement("form");
    form.method = "post";
    form.action = "/ho-so";
    const label = document.createElement("label");
    label.htmlFor = "palette-q";
    label.textContent = say("Đi đến trang, hoặc tìm người, hồ sơ (Enter)", "Go to a page, or find people and cases (Enter)");
    const q = document.createElement("input");
    q.id = "palette-q";
    q.name = "q";
    q.autocomplete = "off";
    q.maxLength = 200;
    const list = document.createElement("ul");
    const links = [...document.querySelectorAll(".side a")].map((a) => [a.textContent, a.href]);
    const fold = (s) => s.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d");
    let chosen = -1;
    const show = () => {
      list.replaceChildren();
      chosen = -1;
      for (const [name, href] of links) {
        if (!fold(name).includes(fold(q.value))) continue;
        const item = document.createElement("li");
        const a = document.createElement("a");
        a.href = href;
        a.textContent = name;
        item.append(a);
        list.append(item);
      }
    };
    q.addEventListener("input", show);
    palette.addEventListener("keydown", (e) => {
      const all = [...list.querySelectorAll("a")];
      if (e.key === "ArrowDown" || e.key === "ArrowUp") {
        e.preventDefault();
        chosen = Math.max(0, Math.min(all.length - 1, chosen + (e.key === "ArrowDown" ? 1 : -1)));
        all[chosen]?.focus();
      }
    });
    form.append(label, q);
    palette.append(form, list);
    document.body.append(palette);
    palette.addEventListener("close", () => { q.value = ""; });
    palette.open_ = () => { show(); palette.showModal(); q.focus(); };
  };

  document.addEventListener("keydown", (e) => {
    if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === "k") {
      e.preventDefault();
      if (!palette) build();
      palette.open_();
      return;
    }
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, select, textarea, dialog")) return;
    if (e.key === "j") go(at + 1);
    else if (e.key === "k") go(at - 1);
    else if (e.key === "a") rows()[at]?.querySelector("[data-quick]")?.click();
    else if (e.key === "/") {
      e.preventDefault();
      const q = document.querySelector("[data-search]");
      if (q) q.focus();
      else { if (!palette) build(); palette.open_(); }
    }
  });

  // Filters that somebody saved stay in the browser: they hold no personal data. To share one, send its address.
  const saved = document.getElementById("saved");
  if (saved) {
    const key = "hoso-filters";
    const read = () => { try { return JSON.parse(localStorage.getItem(key)) || []; } catch { return []; } };
    const draw = () => {
      saved.replaceChildren();
      for (const [n, f] of read().entries()) {
        const item = document.createElement("li");
        item.className = "row";
        const a = document.createElement("a");
        a.href = "/cong-viec" + f.query;
        a.textContent = f.name;
        const drop = document.createElement("button");
        drop.className = "plain";
        drop.type = "button";
        drop.textContent = say("Xóa", "Remove");
        drop.setAttribute("aria-label", say("Xóa bộ lọc ", "Remove the filter ") + f.name);
        drop.addEventListener("click", () => { localStorage.setItem(key, JSON.stringify(read().filter((_, i) => i !== n))); draw(); });
        item.append(a, drop);
        saved.append(item);
      }
    };
    document.getElementById("save-filter").addEventListener("submit", (e) => {
      e.preventDefault();
      const name = document.getElementById("filter-name");
      if (!name.value.trim()) return;
      localStorage.setItem(key, JSON.stringify([...read(), { name: name.value.trim(), query: location.search }].slice(-30)));
      name.value = "";
      draw();
    });
    draw();
  }

  // A person that a search offered is put into the field.
  document.body.addEventListener("click", (e) => {
    const pick = e.target.closest("[data-pick]");
    if (!pick) return;
    const field = document.getElementById("f-" + pick.dataset.pick);
    field.value = pick.value;
    const box = document.getElementById("pick-" + pick.dataset.pick);
    box.replaceChildren();
    const p = document.createElement("p");
    p.className = "chosen";
    p.textContent = "✓ " + pick.textContent;
    box.append(p);
    field.focus();
  });

  // The replay slider says where it stands while it moves.
  const v = document.getElementById("v");
  v?.addEventListener("input", () => { v.form.querySelector("output").textContent = v.value; });
  document.getElementById("wrong")?.focus();
})();
