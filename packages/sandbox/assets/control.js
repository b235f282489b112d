// Keeps the control page up to date and sends its buttons; see src/page/controlBody.ts for the markup.
const message = document.getElementById('message');
const POLL_MS = 2000;

const rowsOf = ({ workloads, applications, repositories }) =>
  new Map([
    ...workloads.map(({ namespace, name, ready, wanted, fault }) => [
      `workload:${namespace}/${name}`,
      { ready: `${ready} of ${wanted}`, fault: fault ?? 'none' },
    ]),
    ...applications.map(application => [`application:${application.name}`, application]),
    ...repositories.map(repository => [`repository:${repository.name}`, repository]),
  ]);

async function refresh() {
  const response = await fetch('/control/status');
  const rows = rowsOf(await response.json());
  const shown = [...document.querySelectorAll('[data-row]')];
  const same = shown.length === rows.size && shown.every(row => rows.has(row.dataset.row));
  // Something new to show: the server draws the page.
  if (!same) {
    location.reload();
    return;
  }
  for (const row of shown) {
    const values = rows.get(row.dataset.row);
    for (const cell of row.querySelectorAll('[data-field]')) {
      const text = values[cell.dataset.field];
      if (cell.textContent !== text) cell.textContent = text;
    }
  }
}

async function change(action, workload, fault) {
  const response = await fetch(`/control/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(action === 'break' ? { workload, fault } : { workload }),
  });
  const answer = await response.json();
  if (!response.ok) return answer.message;
  return action === 'break'
    ? `${workload} has ${answer.fault} now.`
    : `${workload} is being mended.`;
}

document.addEventListener('submit', async event => {
  event.preventDefault();
  const form = event.target;
  const fault = new FormData(form).get('fault');
  try {
    message.textContent = await change(event.submitter.value, form.dataset.workload, fault);
    await refresh();
  } catch {
    message.textContent = 'The sandbox does not answer.';
  }
});

setInterval(() => {
  if (document.visibilityState === 'visible') refresh().catch(() => {});
}, POLL_MS);
