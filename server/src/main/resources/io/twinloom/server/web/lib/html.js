// Preact with htm: one place that knows where it is vendored.
export {
  html, render, useState, useEffect, useLayoutEffect, useMemo, useRef, useCallback,
} from '../vendor/htm@3.1.1/standalone.module.js';
