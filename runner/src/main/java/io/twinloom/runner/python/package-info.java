/** The runner's Python files, for those who put them beside user code. */
@NullMarked
package io.twinloom.runner.python;

import org.jspecify.annotations.NullMarked;
