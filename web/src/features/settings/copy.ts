/**
 * Puts a field's text on the clipboard. Browsers keep the newer way for pages that came over HTTPS; without it the text
 * is selected and copied as by Ctrl+C. False when the browser allows neither; the text is selected then.
 */
export async function copyFrom(field: HTMLInputElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    return document.execCommand('copy');
  }
}
