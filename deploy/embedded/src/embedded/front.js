const table = document.getElementById("states");

async function refresh() {
  const states = await fetch("/status").then((answer) => answer.json()).catch(() => null);
  for (const row of table.rows) {
    const well = states !== null && states[row.id.replace("part-", "")];
    const word = well ? "well" : "ill";
    if (row.className !== word) {
      row.className = word;
      row.cells[1].textContent = table.dataset[word];
    }
  }
}

if (table) setInterval(() => { if (!document.hidden) refresh(); }, 3000);
