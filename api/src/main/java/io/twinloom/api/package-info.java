/** What user code sees, and nothing else: it has no dependency, and changes only by addition. */
package io.twinloom.api;
