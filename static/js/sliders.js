// A slider says its value in the output beside it.

for (const output of document.querySelectorAll("output[for]")) {
  const slider = document.getElementById(output.htmlFor.value);
  const show = () => { output.value = slider.value; };
  slider.addEventListener("input", show);
  show();
}
