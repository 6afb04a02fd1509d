#!/bin/bash
# Pages beside a fixed page of the same server, nginx with the same page as a file, and Fossil with as many tickets.
#     ./dev bench pages [SECONDS]
# Signed in, with rights and language, as a person would be. The second office has 200 units with 30 duties each and
# 15,832 records (make_heat.py). Peak memory is taken from after the sign-in on: a password takes 64 MiB by itself.
# Needs wrk, nginx and fossil. Server CPU a request is user + system time of the server's processes over its requests.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
zeren=${ZEREN:-$here/../build/zeren}
export USER=admin HOME=$(mktemp -d)
case=$here/../examples/district-office-2022
seconds=${1:-4}
for p in wrk nginx fossil curl; do command -v $p >/dev/null || { echo "missing: $p"; exit 1; }; done
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null; rm -rf "$work" "$HOME"' EXIT

"$zeren" init "$work/d" --org "$case/org.json" --scheme "$case/scheme.yaml" >/dev/null
"$zeren" import "$case" --data "$work/d" --accept --partial >/dev/null || [ $? = 1 ]
python3 "$here/make_heat.py" "$work/heat" 200 30
"$zeren" init "$work/h" --org "$work/heat/org.json" --scheme "$work/heat/scheme.yaml" >/dev/null
"$zeren" import "$work/heat/报送登记.csv" --data "$work/h" --accept >/dev/null

serve() {       # DATA PORT: sets pid, cookie
	echo klar-wie-Morgentau-31 | "$zeren" account add bench --name Bench --lasting --password-stdin --data "$1" >/dev/null
	"$zeren" account grant bench filler --data "$1" >/dev/null
	"$zeren" serve --data "$1" --listen "127.0.0.1:$2" >/dev/null &
	pid=$!
	pids+=($pid)
	sleep 1
	cookie=$(curl -s -o /dev/null -D - -d 'login=bench&password=klar-wie-Morgentau-31' "http://127.0.0.1:$2/signin" |
		tr -d '\r' | sed -n 's/^Set-Cookie: \([^;]*\).*/\1/p')
	echo 5 >"/proc/$pid/clear_refs" || true
}
serve "$work/h" 18353
heat_pid=$pid heat_cookie=$cookie
serve "$work/d" 18350
zeren_pid=$pid

mkdir -p "$work/www" "$work/fossil"
chmod 755 "$work" "$work/www"
curl -s -H "Cookie: $cookie" http://127.0.0.1:18350/registers/submission >"$work/www/page.html"
cat >"$work/nginx.conf" <<CONF
worker_processes 1; daemon off; pid $work/nginx.pid; error_log $work/nginx.err;
events {}
http { access_log off; client_body_temp_path $work; proxy_temp_path $work; fastcgi_temp_path $work;
uwsgi_temp_path $work; scgi_temp_path $work; types { text/html html; }
server { listen 127.0.0.1:18351; root $work/www; } }
CONF
nginx -c "$work/nginx.conf" 2>"$work/nginx.err" &
pids+=($!)
nginx_pid=$!

fossil init "$work/fossil/x.fossil" --admin-user admin >/dev/null
for i in $(seq 1000); do
	[ "$i" = 119 ] && cp "$work/fossil/x.fossil" "$work/fossil/short.fossil"
	fossil ticket add title "Submission $i" status Open type Incident -R "$work/fossil/x.fossil" >/dev/null 2>&1
done
for f in short x; do fossil user capabilities nobody ghjorz -R "$work/fossil/$f.fossil" >/dev/null; done
fossil server --port 18352 --localhost "$work/fossil/short.fossil" >/dev/null 2>&1 &
pids+=($!)
fossil_pid=$!
fossil server --port 18354 --localhost "$work/fossil/x.fossil" >/dev/null 2>&1 &
pids+=($!)
fossil_long_pid=$!
sleep 1

ticks() {       # PID: user + system of it, its threads, its children, living and waited for, in clock ticks
	local sum=0 p
	for p in "$1" $(pgrep -P "$1" || true); do
		sum=$((sum + $(awk '{ sub(/^.*\) /, ""); print $12 + $13 + $14 + $15 }' "/proc/$p/stat" 2>/dev/null || echo 0)))
	done
	echo $sum
}

measure() {     # NAME PID URL [WRK ARGS...]
	local name=$1 pid=$2 url=$3 before after out n
	shift 3
	before=$(ticks "$pid")
	out=$(wrk -t1 -c64 -d"${seconds}s" --latency "$@" "$url")
	after=$(ticks "$pid")
	n=$(sed -n 's/^ *\([0-9]*\) requests in.*/\1/p' <<<"$out")
	awk -v name="$name" -v n="$n" -v t=$((after - before)) -v hz="$(getconf CLK_TCK)" -v s="$seconds" \
		-v p50="$(awk '/50%/ { print $2 }' <<<"$out")" -v p99="$(awk '/99%/ { print $2 }' <<<"$out")" \
		-v bad="$(grep -o 'Non-2xx.*' <<<"$out" || true)" \
		'BEGIN { printf "%-28s %8.0f req/s %8.1f µs CPU  p50 %-9s p99 %-9s %s\n", name, n / s, t / hz * 1e6 / n, p50, p99, bad }'
}

base=http://127.0.0.1:18350
for round in 1 2 3; do
	measure "nginx, page as a file" $nginx_pid http://127.0.0.1:18351/page.html
	measure "fixed page" $zeren_pid $base/health
	measure "register, 50 rows" $zeren_pid $base/registers/submission -H "Cookie: $cookie"
	measure "duties, heat map" $zeren_pid $base/duties -H "Cookie: $cookie"
	measure "report" $zeren_pid $base/report -H "Cookie: $cookie"
	measure "fossil, 118 tickets" $fossil_pid "http://127.0.0.1:18352/rptview?rn=1"
	measure "register, 1,000 rows" $heat_pid "http://127.0.0.1:18353/registers/item?rows=1000" -H "Cookie: $heat_cookie"
	measure "fossil, 1,000 tickets" $fossil_long_pid "http://127.0.0.1:18354/rptview?rn=1"
	measure "heat map, 200 x 30" $heat_pid http://127.0.0.1:18353/duties -H "Cookie: $heat_cookie"
done
for p in $zeren_pid $heat_pid; do awk '/VmHWM/ { print "zeren, peak memory:", $2 / 1024, "MiB" }' /proc/$p/status; done
