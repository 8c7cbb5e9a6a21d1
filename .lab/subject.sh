# shellcheck shell=bash
# A user's type as the subject: --subject FILE --type NAME.
#
# Sourced by lab, whose variables and functions it uses.

# use_header COMMAND FILE TYPE: what is built from now on are the programs LANE_user, of the class or
# template TYPE in FILE. Reports call it what the user does, so FILE stays as it is there.
use_header() {
  local command=$1 file=$2 type=$3 name='[A-Za-z_][A-Za-z0-9_]*'
  ! is_installed ||
    die "$command: a cell of yours has to be compiled, and nothing can be here: use a checkout, or the image's target subject"
  [ -n "$file" ] || die "$command: --type $type needs --subject FILE.hpp, the header that has it"
  [ -n "$type" ] || die "$command: --subject $file needs --type NAME, what it is called there, such as my::Cell"
  [[ $type =~ ^$name(::$name)*$ ]] || die "$command: --type is a name such as my::Cell, not '$type'"
  [[ -f $file && -r $file ]] ||
    die "$command: --subject is a header, and there is no file '$file' (a fault is chosen by --fault)"
  # It stands in a #include, in a list of CMake, and in commands to paste.
  [[ ! $file =~ [[:cntrl:]\"\\\;\$\`] ]] || die "$command: the path '$file' has characters that no path should have"
  # shellcheck disable=SC2034  # lab configures with them
  settings=(
    "AWLAB_SUBJECT_HEADER:STRING=$(realpath -s -- "$file")"
    "AWLAB_SUBJECT_SOURCE:STRING=$file"
    "AWLAB_SUBJECT_TYPE:STRING=$type"
  )
}
