/**
 * The family of errors: what a code is, and the codes of this module. Every module has one enum of
 * its own codes; from all of them together docs/errors.md is generated. Not the errors themselves:
 * those are thrown where they happen.
 */
@NullMarked
package io.twinloom.model.error;

import org.jspecify.annotations.NullMarked;
