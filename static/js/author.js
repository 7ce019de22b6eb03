// The line numbers of the author's view grow and shrink with the text; Tab is left alone, it leads out.

const source = document.getElementById("source");
const numbers = document.querySelector(".author__numbers");

source.addEventListener("input", () => {
  const lines = source.value.split("\n").length;
  source.rows = lines + 3;
  while (numbers.children.length > lines) numbers.lastElementChild.remove();
  while (numbers.children.length < lines) {
    const line = document.createElement("li");
    line.textContent = numbers.children.length + 1;
    line.id = `line-${line.textContent}`;
    numbers.append(line);
  }
});
