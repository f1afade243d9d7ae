/** What stands in for AWS: emulators, and fakes of those services that none of them has. */
@NullMarked
package io.twinloom.testkit.aws;

import org.jspecify.annotations.NullMarked;
