/**
 * How text that came from outside is shown to people: what cannot be seen is made visible, what
 * would steer a terminal is made harmless, and what was misspelt is compared with what there is.
 * Every message that repeats an input, and every line that reaches a terminal, goes through here.
 */
@NullMarked
package io.twinloom.model.text;

import org.jspecify.annotations.NullMarked;
