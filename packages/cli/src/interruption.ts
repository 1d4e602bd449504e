/** A signal that Ctrl-C or SIGTERM aborts, so that commands can end in order; a second one ends the program at once. */
export function interruption(): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new DOMException('Stopped.', 'AbortError'));
  };
  for (const name of names) process.on(name, onSignal);
  return {
    signal: controller.signal,
    release: () => { for (const name of names) process.off(name, onSignal); },
  };
}
