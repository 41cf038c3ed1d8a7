// The second parser of RIS comes without types.
declare module '@customcommander/ris' {
  const ris: { read(text: string): unknown };
  export default ris;
}
