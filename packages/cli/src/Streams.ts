/** Everything that a command touches besides files, so that tests hold it. */
export interface Streams {
  /** A whole document to standard output. */
  print(text: string): void;
  /** One line to standard error. */
  error(line: string): void;
  stdin(): Promise<string>;
  exit(code: number): void;
  now(): Date;
  /** Folder that relative paths mean. */
  readonly folder: string;
}
