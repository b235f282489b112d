/**
 * A path inside a repository without slashes around it, or undefined where it is none: Git itself refuses `..` and
 * `.git`, and control characters would end a line of the commands that we feed to Git.
 */
export function filePath(text: string): string | undefined {
  const path = text.replace(/^\/+|\/+$/g, '');
  if (path === '') return '';
  const parts = path.split('/');
  const wrong = parts.some(part => part === '' || part === '.' || part === '..' || isGit(part));
  // eslint-disable-next-line no-control-regex
  return wrong || /[\x00-\x1f\x7f\\]/.test(path) ? undefined : path;
}

// Also as case-insensitive file systems would read it.
const isGit = (part: string): boolean => part.toLowerCase() === '.git';

/** Names that `git check-ref-format` allows, without the operators that `git rev-parse` would act on. */
export const isRefName = (ref: string): boolean =>
  /^[\w.+#@%/-]{1,250}$/.test(ref) && !/^-|^\/|\/$|\/\/|\.\.|@\{|\.lock$|\.$|(^|\/)\./.test(ref);
