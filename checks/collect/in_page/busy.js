// Milliseconds since the main thread last ran a long task.
(() => performance.now() - globalThis.__gonogo.lastLongTask)()
