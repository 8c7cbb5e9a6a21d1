#!/bin/sh
# shellcheck source-path=SCRIPTDIR
# Our SARIF, and damaged SARIF, against the published schema of SARIF 2.1.0.
#   sarif_schema_test.sh WRITE_EXAMPLE_EXPORTS SCHEMA AWLAB_MACHINE AWLAB_REPORT
set -eu
schema=$2
. "$(dirname "$0")/../model/validation.sh"
"$1" "$directory"
code=0
"$3" explore --fault wake-store --producers 2 --json "$directory/found.json" >"$directory/log" 2>&1 || code=$?
[ $code -eq 1 ] || { cat "$directory/log"; echo "expected a finding, got exit $code"; exit 1; }
"$4" report sarif "$directory/found.json" --out "$directory/found.sarif"
valid 6 "$directory"/*.sarif

# damage SED PATH: damages the file with a finding in each state; the error must be at PATH.
damage() {
  sed "$1" "$directory/baseline.sarif" >"$directory/bad.sarif"
  invalid "$directory/bad.sarif" "bad.sarif: $2: " "$1"
}
run='runs[0]'
rule="$run.tool.driver.rules[0]"
result="$run.results[0]"
step="$result.codeFlows[0].threadFlows[0].locations[0]"
damage '/"version": "2.1.0"/s/2.1.0/2.0.0/' version
damage '/"runs": \[/s/runs/run/' report
damage '/"rules": \[/,/"text"/s/"id"/"name"/' "$rule"
damage '/"rules": \[/,/"level"/s/"level": "error"/"level": "fatal"/' "$rule.defaultConfiguration.level"
damage 's/"executionSuccessful"/"succeeded"/' "$run.invocations[0]"
damage 's/"exitCode": 1/"exitCode": "1"/' "$run.invocations[0].exitCode"
damage '/"ruleId"/,/"locations"/s/"message"/"text"/' "$result"
damage 's/"ruleIndex": 0/"ruleIndex": "0"/' "$result.ruleIndex"
damage 's/"baselineState": "new"/"baselineState": "fresh"/' "$result.baselineState"
damage 's/"startLine": 120/"startLine": 0/' "$result.locations[0].physicalLocation.region.startLine"
damage 's/"threadFlows"/"threads"/' "$result.codeFlows[0]"
damage 's/"executionOrder": 1$/"executionOrder": "1"/' "$step.executionOrder"
damage 's/"nestingLevel": 1/"nestingLevel": -1/' "$step.nestingLevel"
