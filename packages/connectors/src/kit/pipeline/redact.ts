/** Makes a function that takes a secret out of any text, in the forms in which a server may echo it, and bounds the length. */
export function redactor(secret: string, longest = 500): (text: string) => string {
  const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64'), JSON.stringify(secret).slice(1, -1)];
  const wanted = [...new Set(forms)].filter((form) => form.length > 3);
  return (text) => {
    const clean = wanted.reduce((rest, form) => rest.replaceAll(form, '[secret]'), text);
    return clean.length > longest ? `${clean.slice(0, longest - 1)}…` : clean;
  };
}
