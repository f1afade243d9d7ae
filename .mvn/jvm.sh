# Finds a JDK 21 or newer, and gives the JVM a locale. For POSIX shells, to be read with "." by
# ./twinloom, ./mvnw, .ci/run and the launcher of a release: the one place that knows where JDKs are.
# It is written for shells with "set -eu" as well.

# Sets version to the feature version of the JDK in $1, or to 0: read from its "release" file, which
# every JDK has, since starting one to ask it takes longer than all of this.
look_at_jdk() {
  version=0
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  while IFS='=' read -r key value; do
    if [ "$key" = JAVA_VERSION ]; then
      version=${value#\"}
      version=${version%%[!0-9]*}
      version=${version:-0}
      return 0
    fi
  done <"$1/release"
}

# Sets jdk to the JDK's folder and version to its feature version: JAVA_HOME's if it is new enough,
# else that of the java on the PATH, else the newest in the usual folders. Fails where there is none.
find_jdk() {
  jdk=
  if [ -n "${JAVA_HOME:-}" ]; then
    look_at_jdk "$JAVA_HOME"
    if [ "$version" -ge 21 ]; then jdk=$JAVA_HOME; return 0; fi
  fi
  java=$(command -v java 2>/dev/null) || java=
  while [ -n "$java" ] && [ -L "$java" ]; do
    target=$(readlink "$java")
    case $target in
      /*) java=$target ;;
      *) java=$(dirname "$java")/$target ;;
    esac
  done
  if [ -n "$java" ]; then
    home=$(dirname "$(dirname "$java")")
    look_at_jdk "$home"
    if [ "$version" -ge 21 ]; then jdk=$home; return 0; fi
  fi
  newest=20
  for home in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /opt/* /opt/java/* \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* "${HOME:-}"/.asdf/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    look_at_jdk "$home"
    if [ "$version" -gt "$newest" ]; then newest=$version; jdk=$home; fi
  done
  version=$newest
  [ -n "$jdk" ]
}

# Says on standard error, as the program $1, that there is none, and what to do about it.
say_no_jdk() {
  printf "$1: %s\n" \
    'Twinloom needs a JDK of version 21 or later, and found none (looked in JAVA_HOME, on the PATH,' \
    'in /usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks and where macOS keeps them).' \
    'Install one (Debian, Ubuntu: apt-get install openjdk-21-jdk; macOS: brew install openjdk;' \
    'anywhere: https://adoptium.net), or set JAVA_HOME to it, and run this again.' >&2
}

# The JVM takes the encoding of arguments and file names from the locale: where that is not UTF-8, as
# under cron, in containers and with LC_ALL=C, or names a locale that is not there, it is given one
# that is.
use_utf8() {
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    *[Uu][Tt][Ff]8* | *[Uu][Tt][Ff]-8*)
      case $(locale charmap 2>/dev/null) in
        '' | *[Uu][Tt][Ff]8* | *[Uu][Tt][Ff]-8*) return 0 ;;
      esac
      ;;
  esac
  LC_ALL=C.UTF-8
  export LC_ALL
}
