/** The logger that everything is handed: static lower-case text, data beside it. pino's loggers fit. */
export interface Log {
  debug(data: object, text: string): void;
  info(data: object, text: string): void;
  warn(data: object, text: string): void;
  error(data: object, text: string): void;
}

export const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
