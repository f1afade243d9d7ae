/** What functions set going on AWS: other functions, workflows, commands to devices. */
@NullMarked
package io.twinloom.aws.invoke;

import org.jspecify.annotations.NullMarked;
