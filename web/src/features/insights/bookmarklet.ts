/** The code behind a bookmark that opens Cairn's capture window with what is selected on the page it is clicked on. */
export function bookmarklet(address: string): string {
  const to = JSON.stringify(address);
  return `javascript:(()=>{const q=new URLSearchParams({url:location.href.slice(0,1900),page:document.title.slice(0,300),text:String(getSelection()).slice(0,4000)});window.open(${to}+'?'+q,'cairn','popup,width=600,height=760')})()`;
}
