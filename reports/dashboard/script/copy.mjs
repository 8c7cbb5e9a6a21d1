// A copy button beside each command. If the browser does not let the page copy, the button selects
// the command instead, so that copying takes one keystroke.

function select(element) {
  getSelection().selectAllChildren(element);
}

async function copy(element) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    return 'Copied';
  } catch {
    select(element);
    return 'Selected: copy it with the keyboard';
  }
}

export function addCopyButtons(commands) {
  for (const command of commands) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy command';
    // Read out by a screen reader; the button itself keeps its name.
    const said = document.createElement('span');
    said.setAttribute('role', 'status');
    said.className = 'soft';
    button.addEventListener('click', async () => {
      said.textContent = ` ${await copy(command.firstElementChild)}`;
    });
    command.after(button, said);
  }
}
