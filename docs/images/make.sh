#!/usr/bin/env bash
# Take the README's pictures anew from what is in build/: the handbook's home page, a checklist's page.
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

"$chromium" --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
  --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$scratch/profile" \
  --window-size=1280,860 --virtual-time-budget=5000 --screenshot="$PWD/$here/home.png" \
  "http://127.0.0.1:${port#port }/" >"$scratch/browser" 2>&1

pdftoppm -png -r 80 -f "$page" -singlefile "build/clients/$client/checklist.pdf" "$here/checklist"

ls -l "$here"/*.png
