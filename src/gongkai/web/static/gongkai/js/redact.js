// Drawing boxes on a page (画框): the rows of the form are the truth, the rectangles show them. Without this file
// the page works by its rows and its search.
"use strict";
(() => {
  const WHOLE = 1000, LEAST = 4, STEP = 2, NS = "http://www.w3.org/2000/svg";
  const sheet = document.querySelector("[data-sheet]");
  const board = document.querySelector("[data-board]");
  const list = document.querySelector("[data-rows]");
  const model = document.querySelector("[data-template]");
  const status = document.querySelector("[data-status]");
  const bar = document.querySelector("[data-bar]");
  if (!sheet || !board || !list || !model) return;

  const SIDES = ["left", "top", "right", "bottom"];
  const field = (row, name) => row.querySelector(`[name="${name}"]`);
  const rows = () => [...list.querySelectorAll("[data-box]")];
  const shapes = new Map();
  let lastGround = document.getElementById("f-ground-found").value;

  const boxOf = (row) => {
    const box = {};
    for (const side of SIDES) {
      const text = field(row, side).value.trim();
      if (!/^\d{1,4}$/.test(text)) return null;
      box[side] = Number(text);
    }
    return box.left < box.right && box.top < box.bottom && box.right <= WHOLE && box.bottom <= WHOLE ? box : null;
  };

  const write = (row, box) => {
    for (const side of SIDES) field(row, side).value = Math.round(box[side]);
    show(row);
  };

  const groundOf = (row) => {
    const chosen = field(row, "ground");
    return chosen.value ? chosen.selectedOptions[0].textContent : "没有选理由";
  };

  // The rectangle of a row, made, moved or taken away.
  const show = (row) => {
    const box = boxOf(row);
    let shape = shapes.get(row);
    if (!box) {
      if (shape) { shape.remove(); shapes.delete(row); }
      return;
    }
    if (!shape) {
      shape = document.createElementNS(NS, "rect");
      shape.setAttribute("tabindex", "0");
      shape.setAttribute("role", "button");
      shapes.set(row, shape);
      board.append(shape);
      shape.addEventListener("keydown", (event) => keyed(event, row));
      shape.addEventListener("focus", () => mark(row));
    }
    shape.setAttribute("x", box.left);
    shape.setAttribute("y", box.top);
    shape.setAttribute("width", box.right - box.left);
    shape.setAttribute("height", box.bottom - box.top);
    shape.classList.toggle("bare", !field(row, "ground").value);
    const number = rows().indexOf(row) + 1;
    shape.setAttribute("aria-label", `第 ${number} 框，${groundOf(row)}，左 ${box.left} 上 ${box.top} 右 ${box.right} 下 ${box.bottom}`);
  };

  const mark = (row) => {
    for (const one of rows()) one.classList.toggle("here", one === row);
  };

  const tell = (words) => { status.textContent = words; };

  const renumber = () => rows().forEach((row, index) => {
    row.querySelector("[data-number]").textContent = index + 1;
    const drop = field(row, "drop");
    if (drop) drop.value = index + 1;
    show(row);
  });

  const blankRow = () => rows().find((row) => SIDES.every((side) => field(row, side).value === "") && !field(row, "note").value);

  const add = (box) => {
    let row = blankRow();
    if (!row) {
      row = model.content.firstElementChild.cloneNode(true);
      list.append(row);
      listen(row);
    }
    row.querySelector("[data-new]")?.remove();
    field(row, "ground").value = lastGround;
    write(row, box);
    renumber();
    return row;
  };

  const remove = (row) => {
    shapes.get(row)?.remove();
    shapes.delete(row);
    row.remove();
    renumber();
    tell("删去一个框。还没有存。");
    board.querySelector("rect")?.focus();
  };

  const listen = (row) => {
    for (const side of SIDES) field(row, side).addEventListener("input", () => show(row));
    field(row, "ground").addEventListener("change", () => { lastGround = field(row, "ground").value || lastGround; show(row); });
    row.addEventListener("focusin", () => mark(row));
  };

  const held = (value, most) => Math.min(Math.max(value, 0), most);

  const moved = (box, across, down) => {
    const wide = box.right - box.left, high = box.bottom - box.top;
    const left = held(box.left + across, WHOLE - wide), top = held(box.top + down, WHOLE - high);
    return { left, top, right: left + wide, bottom: top + high };
  };

  const sized = (box, across, down) => ({
    ...box,
    right: held(Math.max(box.right + across, box.left + LEAST), WHOLE),
    bottom: held(Math.max(box.bottom + down, box.top + LEAST), WHOLE),
  });

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const keyed = (event, row) => {
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      remove(row);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      field(row, "ground").focus();
    } else if (ARROWS[event.key]) {
      event.preventDefault();
      const [across, down] = ARROWS[event.key].map((way) => way * STEP);
      write(row, (event.shiftKey ? sized : moved)(boxOf(row), across, down));
    }
  };

  // Mouse, pen and finger ------------------------------------------------------------------------
  const point = (event) => {
    const area = board.getBoundingClientRect();
    return {
      x: held(Math.round(((event.clientX - area.left) / area.width) * WHOLE), WHOLE),
      y: held(Math.round(((event.clientY - area.top) / area.height) * WHOLE), WHOLE),
    };
  };

  const between = (from, to) => ({
    left: Math.min(from.x, to.x), top: Math.min(from.y, to.y),
    right: Math.max(from.x, to.x), bottom: Math.max(from.y, to.y),
  });

  let drag = null;
  const rowOf = (shape) => [...shapes].find(([, one]) => one === shape)?.[0];

  board.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || (event.pointerType === "touch" && !sheet.classList.contains("touch"))) return;
    event.preventDefault();
    const from = point(event), row = rowOf(event.target);
    if (row) {
      const box = boxOf(row), area = event.target.getBoundingClientRect();
      const corner = area.right - event.clientX < 10 && area.bottom - event.clientY < 10;
      drag = { row, from, box, how: corner ? sized : moved };
      shapes.get(row).focus();
    } else {
      drag = { row: null, from };
    }
    board.setPointerCapture(event.pointerId);
  });

  board.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const to = point(event);
    if (drag.box) {
      write(drag.row, drag.how(drag.box, to.x - drag.from.x, to.y - drag.from.y));
      return;
    }
    const box = between(drag.from, to);
    if (box.right - box.left < LEAST || box.bottom - box.top < LEAST) return;
    if (drag.row) write(drag.row, box);
    else drag.row = add(box);
  });

  const end = () => {
    if (drag?.row) {
      shapes.get(drag.row)?.focus();
      tell(`第 ${rows().indexOf(drag.row) + 1} 框，${groundOf(drag.row)}。还没有存。`);
    }
    drag = null;
  };
  board.addEventListener("pointerup", end);
  board.addEventListener("pointercancel", end);

  // Beginning ------------------------------------------------------------------------------------
  bar.hidden = false;
  board.querySelectorAll("rect").forEach((shape) => shape.remove());
  sheet.classList.add("redact-live");
  rows().forEach(listen);
  renumber();
  bar.querySelector("[data-add]").addEventListener("click", () => {
    const row = add({ left: 400, top: 480, right: 600, bottom: 520 });
    shapes.get(row).focus();
    tell("加了一个框，在页面中间；方向键移动，Shift 加方向键改大小。");
  });
  const draw = bar.querySelector("[data-draw]");
  draw.hidden = !window.matchMedia("(any-pointer: coarse)").matches;
  draw.addEventListener("click", () => {
    const on = sheet.classList.toggle("touch");
    draw.setAttribute("aria-pressed", String(on));
    draw.textContent = on ? "停止画框，滑动页面" : "用手指画框";
  });
})();
