// A file is chosen by a button, or dropped on the conversation; the server puts it there as its person's own.

const inBase64 = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result.split(",")[1] ?? "");
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(file);
});

export function startDropping(send) {
  const button = document.getElementById("attach");
  if (!button) return;
  const chooser = document.getElementById("file");
  const take = async (file) => { if (file) send(file.name, await inBase64(file)); };
  button.addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", () => { take(chooser.files[0]); chooser.value = ""; });
  const page = document.getElementById("main");
  page.addEventListener("dragover", (event) => event.preventDefault());
  page.addEventListener("drop", (event) => { event.preventDefault(); take(event.dataTransfer.files[0]); });
}
