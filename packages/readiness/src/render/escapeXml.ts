const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\n': '&#10;',
  '\t': '&#9;',
  '\r': '&#13;',
};

/**
 * Text for XML 1.0 content or attributes. Characters that XML cannot hold at all, not even escaped (most control characters,
 * halves of surrogate pairs), become U+FFFD. Source: https://www.w3.org/TR/xml/#charsets
 */
export const escapeXml = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>"'\n\t\r]/g, character => ENTITIES[character]);
