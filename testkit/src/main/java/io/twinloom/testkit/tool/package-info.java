/** Programs beside Java that tests run where they are there. */
@NullMarked
package io.twinloom.testkit.tool;

import org.jspecify.annotations.NullMarked;
