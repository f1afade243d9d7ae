/**
 * User code checked and made ready to run. Python is parsed by Python, Java is compiled; no line of
 * either is run here. What was found is kept by the code's digest, so that unchanged code costs
 * reading it and nothing else.
 */
@NullMarked
package io.twinloom.packaging;

import org.jspecify.annotations.NullMarked;
