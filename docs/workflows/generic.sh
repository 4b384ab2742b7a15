#!/usr/bin/env bash
# Any CI system: build, judge, and hand the same folder over only on GO.
#
# Needs git, Python 3.11 or later, and Chrome or Chromium. Keep the keys of the host out of the environment of this
# script: it renders pages. Run the deployment afterwards, elsewhere, on the folder and the run that it leaves.
#
#   GONOGO_URL       whose gonogo, as git fetches it
#   GONOGO_COMMIT    the commit of its release, all 40 digits
#   PREVIEW          the folder that the build leaves (dist)
#   BASE             the branch whose rules decide (main)
#   REPOSITORY       a name for this repository, such as example/shop: sign-offs are for this one and no other
#   LAUNCH           for `baseline: launch` in gonogo.yaml: the folder in which the last launch is kept, outside of the
#                    checkout and where only jobs of BASE may write; `none` before the first one
#
# Exit codes: 0 GO, 1 NO-GO, 2 wrong use, 3 CANNOT TELL, 4 the change weakens its own rules, 70 an error of gonogo.
set -euo pipefail

: "${GONOGO_URL:?name a repository of gonogo}" "${GONOGO_COMMIT:?name a commit of it}"
PREVIEW="${PREVIEW:-dist}"
BASE="${BASE:-main}"
REPOSITORY="${REPOSITORY:?name this repository, such as example/shop}"

# An environment of its own: nothing of the project is imported, and no dependency comes without its hash.
tool="$(mktemp -d)"
trap 'rm -rf "$tool"' EXIT
git init --quiet "$tool/gonogo"
git -C "$tool/gonogo" fetch --quiet --depth 1 "$GONOGO_URL" "$GONOGO_COMMIT"
git -C "$tool/gonogo" -c advice.detachedHead=false checkout --quiet FETCH_HEAD
python3 -m venv "$tool/env"
"$tool/env/bin/python" -m pip install --quiet --no-cache-dir --only-binary :all: \
  --require-hashes --requirement "$tool/gonogo/requirements.lock"
packages="$("$tool/env/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
echo "$tool/gonogo" > "$packages/gonogo.pth"
gonogo() { "$tool/env/bin/python" -I -m checks.cli "$@"; }

# Build it here, in the way of your generator.
npm ci
npm run build

# The rules of the base branch decide, at one commit that the run records.
git fetch --quiet origin "$BASE"
base="$(git rev-parse FETCH_HEAD)"

# What a sign-off is for. Who made the change, and so can't sign for it, is in its commits.
context="$tool/context.json"
printf '{"repository_id": null, "repository": "%s", "base_branch": "%s", "github_ids": [], "emails": [], "reviews": []}' \
  "$REPOSITORY" "$BASE" > "$context"

code=0
gonogo check "$PREVIEW" --trust-ref "$base" --context "$context" ${LAUNCH:+--launch "$LAUNCH"} || code=$?
echo "gonogo: exit $code; the report is gonogo-run/report.html, the tests are gonogo-run/junit.xml" >&2
if [ "$code" -ne 0 ]; then exit "$code"; fi

# In the deployment this is the first thing to do: it refuses a folder that differs by one byte from what got GO.
gonogo seal verify "$PREVIEW" --run gonogo-run

# And this the last one, on BASE alone, into the folder that LAUNCH names from then on. A GO that was not deployed is no launch.
# gonogo baseline save gonogo-run /srv/gonogo/launches --keep 20
