#!/usr/bin/env bash
# Take the pictures of README and the guides anew from what is in build/: pages of the handbook, a
# checklist's page, and what is said of a change.
# Needs Chromium and pdftoppm. CHROMIUM says which one, CLIENT and PAGE which page of whose checklist.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

chromium=${CHROMIUM:-/usr/bin/chromium}
client=${CLIENT:-harbor-lane-dental}
page=${PAGE:-1}
here=docs/images
scratch=$(mktemp -d)

python3 -u -m http.server 0 --bind 127.0.0.1 --directory build/site >"$scratch/server" 2>&1 &
server=$!
trap 'kill "$server"; rm -rf "$scratch"' EXIT
until port=$(grep -om1 'port [0-9]*' "$scratch/server"); do sleep 0.1; done

# picture NAME SIZE ADDRESS
picture() {
  "$chromium" --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$scratch/profile" \
    --window-size="$2" --virtual-time-budget=5000 --screenshot="$PWD/$here/$1.png" "$3" >"$scratch/browser" 2>&1
}

picture home 1280,860 "http://127.0.0.1:${port#port }/"
picture procedure 1280,560 "http://127.0.0.1:${port#port }/close/project-closure/"

# A due date is moved in a copy, as the guide for process owners tells it.
git clone --quiet . "$scratch/copy"
sed -i 's/due: 3 business days after delivery-approved/due: 2 business days after delivery-approved/' \
  "$scratch/copy/sops/close/project-closure.yml"
.venv/bin/sopwith bump project-closure --root "$scratch/copy" --today 2026-12-01 --by dana \
  -m "The numbers are gathered a day earlier." --why "At the review meeting nobody had had time to read them."
.venv/bin/sopwith diff --root "$scratch/copy" --format html >"$scratch/change.html"
picture change 760,640 "file://$scratch/change.html"

pdftoppm -png -r 80 -f "$page" -singlefile "build/clients/$client/checklist.pdf" "$here/checklist"

ls -l "$here"/*.png
