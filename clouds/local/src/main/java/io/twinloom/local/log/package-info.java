/**
 * What functions report, as JSON lines in a few files of bounded size that all local clouds share.
 * The caller never waits: what cannot be written in time is counted and left out. It is for people
 * who look for what happened, and not where anything is kept that must not be lost.
 */
@NullMarked
package io.twinloom.local.log;

import org.jspecify.annotations.NullMarked;
