/**
 * A function as its host sees it: direct calls and HTTP requests. Tokens and signatures are not
 * here but in {@code intercloud}.
 */
@NullMarked
package io.twinloom.functions.http;

import org.jspecify.annotations.NullMarked;
