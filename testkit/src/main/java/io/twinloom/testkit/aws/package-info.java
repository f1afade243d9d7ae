/** Stand-ins for those services of AWS that no emulator has. */
@NullMarked
package io.twinloom.testkit.aws;

import org.jspecify.annotations.NullMarked;
