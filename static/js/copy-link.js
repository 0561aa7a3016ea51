// "Copy link" in the share list. The item is in the page, hidden, and shown only where this runs.
//   <li data-copy-link="ADDRESS" data-copied="WORDS" data-failed="WORDS" hidden>
//     <button type="button">…</button><span role="status"></span></li>

const SHOWN_FOR = 4000; // milliseconds that the answer stays

async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // On plain http there is no clipboard object; a selected field can still be copied.
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.className = "vh";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("copying was refused");
}

function bind(item) {
  const button = item.querySelector("button");
  const status = item.querySelector("[role=status]");
  let timer;
  button.addEventListener("click", async () => {
    let answer = item.dataset.copied;
    try {
      await copy(item.dataset.copyLink);
    } catch {
      answer = item.dataset.failed;
    }
    button.focus();
    status.textContent = answer;
    clearTimeout(timer);
    timer = setTimeout(() => { status.textContent = ""; }, SHOWN_FOR);
  });
  item.hidden = false;
}

document.querySelectorAll("[data-copy-link]").forEach(bind);
