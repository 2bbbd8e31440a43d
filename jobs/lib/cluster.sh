# shellcheck shell=bash
# Sourced by jobs/cluster.sh and the drills, after jobs/lib/java.sh and jobs/lib/flink-dist.sh, with
# the project's directory as the working directory. The processes of a cluster on one machine: each
# has a name, a log CLUSTER_DIR/NAME.log and, while it is meant to run, a file CLUSTER_DIR/NAME.pid.

CLUSTER_DIR="${CLUSTER_DIR:-target/cluster}"
FLINK_HOME="$PWD/target/flink"

# --- Processes

# When a process began: with its id it names one process for ever, as ids come back.
began() {
  ps -o lstart= -p "$1" 2>/dev/null
}

# Prints the id of the process with this name if it runs.
pid_of() {
  local pid start
  [[ -f "$CLUSTER_DIR/$1.pid" ]] || return 1
  { read -r pid && read -r start; } <"$CLUSTER_DIR/$1.pid" || return 1
  [[ -n "$start" && "$(began "$pid" | xargs)" == "$start" ]] || return 1
  echo "$pid"
}

# The processes that are meant to run, in the order in which they were started.
process_names() {
  local file
  # shellcheck disable=SC2012 # the names are ours
  for file in $(ls -tr "$CLUSTER_DIR"/*.pid 2>/dev/null); do
    basename "$file" .pid
  done
}

# start_process NAME COMMAND...: in the background, with its log, in a session of its own so that
# Ctrl-C at the terminal does not reach it.
start_process() {
  local name="$1" pid
  shift
  ! pid="$(pid_of "$name")" || fail "$name runs already, as process $pid"
  mkdir -p "$CLUSTER_DIR"
  if command -v setsid >/dev/null; then
    setsid "$@" >>"$CLUSTER_DIR/$name.log" 2>&1 </dev/null &
  else
    nohup "$@" >>"$CLUSTER_DIR/$name.log" 2>&1 </dev/null &
  fi
  pid=$!
  disown "$pid" # or else the shell tells when it is killed
  printf '%s\n%s\n' "$pid" "$(began "$pid" | xargs)" >"$CLUSTER_DIR/$name.pid"
}

# stop_process NAME [SECONDS]: asks it to end, and ends it if it did not within the time.
stop_process() {
  local name="$1" seconds="${2:-20}" pid
  if pid="$(pid_of "$name")"; then
    kill "$pid" 2>/dev/null || true
    wait_gone "$pid" "$seconds" || {
      echo "$name did not end within $seconds s and is killed" >&2
      kill -9 "$pid" 2>/dev/null || true
      wait_gone "$pid" 10 || fail "$name, process $pid, cannot be ended"
    }
  fi
  rm -f "$CLUSTER_DIR/$name.pid"
}

# As a machine that lost its power.
kill_process() {
  local pid
  pid="$(pid_of "$1")" || fail "$1 does not run"
  kill -9 "$pid"
  wait_gone "$pid" 10
}

wait_gone() {
  local tenths
  for ((tenths = 0; tenths < $2 * 10; tenths++)); do
    kill -0 "$1" 2>/dev/null || return 0
    sleep 0.1
  done
  return 1
}

# wait_for SECONDS WHAT NAME COMMAND...: until the command succeeds, while the process NAME runs.
wait_for() {
  local deadline=$((SECONDS + $1)) what="$2" name="$3"
  shift 3
  until "$@" >/dev/null 2>&1; do
    pid_of "$name" >/dev/null || {
      tail -n 8 "$CLUSTER_DIR/$name.log" | cut -c 1-300 >&2
      fail "$name ended before $what; its log is $CLUSTER_DIR/$name.log"
    }
    ((SECONDS < deadline)) || fail "$what did not come in time; the log is $CLUSTER_DIR/$name.log"
    sleep 0.3
  done
}

# --- Ports

port_taken() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# PORT_BASE and what follows from it. Chosen once per cluster and kept beside its logs.
choose_ports() {
  if [[ -f "$CLUSTER_DIR/ports" ]]; then
    # shellcheck disable=SC1091
    source "$CLUSTER_DIR/ports"
  elif [[ -n "${PORT_BASE:-}" ]]; then
    [[ "$PORT_BASE" =~ ^[0-9]+$ && "$PORT_BASE" -ge 1024 && "$PORT_BASE" -le 65400 ]] ||
      fail "PORT_BASE must be from 1024 to 65400, but is $PORT_BASE"
    local port
    for port in $(seq "$PORT_BASE" $((PORT_BASE + 39))); do
      ! port_taken "$port" || fail "port $port is in use; a cluster takes PORT_BASE to PORT_BASE + 39, now $PORT_BASE"
    done
  else
    for ((PORT_BASE = 18080; PORT_BASE < 28080; PORT_BASE += 100)); do
      ports_free && break
    done
    ((PORT_BASE < 28080)) || fail "no 40 free ports were found from 18080 on; set PORT_BASE"
  fi
  mkdir -p "$CLUSTER_DIR"
  echo "PORT_BASE=$PORT_BASE" >"$CLUSTER_DIR/ports"
  REST_PORT=$((PORT_BASE + 1))
  PROMETHEUS_PORT=$((PORT_BASE + 2))
  GATEWAY_METRICS_PORT=$((PORT_BASE + 3))
  KAFKA_PORT=$((PORT_BASE + 4))
  KAFKA_CONTROLLER_PORT=$((PORT_BASE + 5))
  ZOOKEEPER_PORT=$((PORT_BASE + 6))
  JOBMANAGER_RPC_PORT=$((PORT_BASE + 7))
  JOBMANAGER_BLOB_PORT=$((PORT_BASE + 8))
  JOBMANAGER_METRICS_PORT=$((PORT_BASE + 9))
  TASKMANAGER_METRICS_PORT=$((PORT_BASE + 10)) # that of the first; the others follow
  BOOTSTRAP_SERVERS="127.0.0.1:$KAFKA_PORT"
  REST="http://127.0.0.1:$REST_PORT"
  PROMETHEUS="http://127.0.0.1:$PROMETHEUS_PORT"
}

ports_free() {
  local port
  for port in $(seq "$PORT_BASE" $((PORT_BASE + 39))); do
    ! port_taken "$port" || return 1
  done
}

# --- Kafka

start_kafka() {
  local data="$PWD/$CLUSTER_DIR/kafka" config="$CLUSTER_DIR/kafka.properties"
  mkdir -p "$data"
  cat >"$config" <<EOF
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$KAFKA_CONTROLLER_PORT
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:$KAFKA_PORT,CONTROLLER://127.0.0.1:$KAFKA_CONTROLLER_PORT
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=$data
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
EOF
  if [[ ! -f "$data/meta.properties" ]]; then
    kafka_java kafka.tools.StorageTool format --cluster-id AfterimageClusterAAAAA --config "$config" \
      >"$CLUSTER_DIR/kafka-format.log" 2>&1 || fail "Kafka's storage could not be formatted: $CLUSTER_DIR/kafka-format.log"
  fi
  start_process kafka "$JAVA" -Xmx512m -XX:+ExitOnOutOfMemoryError -cp "$CLASS_PATH" kafka.Kafka "$config"
  wait_for 180 "the broker's port $KAFKA_PORT" kafka port_taken "$KAFKA_PORT"
}

kafka_java() {
  "$JAVA" -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$CLASS_PATH" "$@"
}

# topics COMMAND...: topics --help lists the commands.
topics() {
  kafka_java io.afterimage.cli.topics.TopicsMain "$BOOTSTRAP_SERVERS" "$@"
}

# --- Flink

# Writes the configuration of this cluster: the image's, and what depends on the machine.
configure_flink() {
  local conf="$CLUSTER_DIR/conf" state="file://$PWD/$CLUSTER_DIR/state"
  mkdir -p "$conf" "$CLUSTER_DIR/state" "$CLUSTER_DIR/zookeeper"
  cp "$FLINK_HOME/conf/"* "$conf/"
  grep -v -e '^metrics.reporter.prom.port:' -e 'bind-host:' -e 'bind-address:' \
    "$FLINK_HOME/conf/config.yaml" >"$conf/config.yaml"
  cat >>"$conf/config.yaml" <<EOF

# Of this cluster: one machine, its ports, its directories.
jobmanager.rpc.address: 127.0.0.1
jobmanager.rpc.port: $JOBMANAGER_RPC_PORT
jobmanager.bind-host: 127.0.0.1
taskmanager.host: 127.0.0.1
taskmanager.bind-host: 127.0.0.1
rest.address: 127.0.0.1
rest.bind-address: 127.0.0.1
rest.port: $REST_PORT
blob.server.port: $JOBMANAGER_BLOB_PORT
high-availability.type: zookeeper
high-availability.zookeeper.quorum: 127.0.0.1:$ZOOKEEPER_PORT
high-availability.storageDir: $state/ha
high-availability.jobmanager.port: $JOBMANAGER_RPC_PORT
zookeeper.sasl.disable: true
execution.checkpointing.dir: $state/checkpoints
execution.checkpointing.savepoint-dir: $state/savepoints
EOF
  cat >"$conf/zoo.cfg" <<EOF
tickTime=2000
initLimit=10
syncLimit=5
dataDir=$PWD/$CLUSTER_DIR/zookeeper
clientPortAddress=127.0.0.1
clientPort=$ZOOKEEPER_PORT
admin.enableServer=false
server.1=127.0.0.1:$((PORT_BASE + 30)):$((PORT_BASE + 31))
EOF
}

# Flink's scripts take the JVM's options from the configuration; so do these.
flink_environment() {
  export FLINK_CONF_DIR="$PWD/$CLUSTER_DIR/conf" FLINK_PLUGINS_DIR="$FLINK_HOME/plugins" FLINK_LIB_DIR="$FLINK_HOME/lib"
  [[ -f "$FLINK_CONF_DIR/config.yaml" ]] || fail "there is no cluster in $CLUSTER_DIR; start it first"
  local logging="-Dlog4j.configurationFile=file:$FLINK_CONF_DIR/log4j-console.properties"
  read -ra FLINK_JVM <<<"$(flink_option env.java.opts.all) $logging"
  FLINK_JVM+=(-cp "$FLINK_HOME/lib/*")
}

flink_option() {
  sed -n "s/^$1: *//p" "$FLINK_CONF_DIR/config.yaml" | tail -n 1
}

# Prints what Flink's memory model makes of the configuration: the JVM's flags, then -D arguments.
flink_memory() {
  "$JAVA" "${FLINK_JVM[@]}" org.apache.flink.runtime.util.bash.BashJavaUtils "$@" \
    --configDir "$FLINK_CONF_DIR" 2>>"$CLUSTER_DIR/memory.log" |
    sed -n 's/^BASH_JAVA_UTILS_EXEC_RESULT://p'
}

start_zookeeper() {
  start_process zookeeper "$JAVA" -Xmx128m -XX:+UseSerialGC "${FLINK_JVM[@]}" \
    org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer --zkConfigFile "$FLINK_CONF_DIR/zoo.cfg" --peerId 1
  wait_for 180 "ZooKeeper's port $ZOOKEEPER_PORT" zookeeper port_taken "$ZOOKEEPER_PORT"
}

start_jobmanager() {
  local lines flags arguments
  mapfile -t lines < <(flink_memory GET_JM_RESOURCE_PARAMS)
  [[ "${#lines[@]}" == 2 ]] || fail "Flink did not accept the JobManager's memory: $CLUSTER_DIR/memory.log"
  read -ra flags <<<"${lines[0]}"
  read -ra arguments <<<"${lines[1]}"
  start_process jobmanager "$JAVA" "${flags[@]}" "${FLINK_JVM[@]}" \
    org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint \
    --configDir "$FLINK_CONF_DIR" -D "metrics.reporter.prom.port=$JOBMANAGER_METRICS_PORT" "${arguments[@]}"
  wait_for 180 "the web interface $REST" jobmanager curl -fs "$REST/overview"
}

# start_taskmanager NUMBER, from 1.
start_taskmanager() {
  local lines flags arguments own
  mapfile -t lines < <(flink_memory GET_TM_RESOURCE_PARAMS)
  [[ "${#lines[@]}" == 2 ]] || fail "Flink did not accept the TaskManager's memory: $CLUSTER_DIR/memory.log"
  read -ra flags <<<"${lines[0]}"
  read -ra arguments <<<"${lines[1]}"
  read -ra own <<<"$(flink_option env.java.opts.taskmanager)"
  allocator_settings
  start_process "taskmanager-$1" env "${ALLOCATOR[@]}" "$JAVA" "${flags[@]}" "${own[@]}" "${FLINK_JVM[@]}" \
    org.apache.flink.runtime.taskexecutor.TaskManagerRunner --configDir "$FLINK_CONF_DIR" \
    -D "taskmanager.resource-id=taskmanager-$1-$(date +%s)" \
    -D "metrics.reporter.prom.port=$((TASKMANAGER_METRICS_PORT + $1 - 1))" "${arguments[@]}"
}

wait_taskmanagers() {
  wait_for 180 "$1 TaskManagers at the JobManager" taskmanager-1 taskmanagers_are "$1"
}

taskmanagers_are() {
  [[ "$(curl -fs "$REST/overview" | json_number taskmanagers)" == "$1" ]]
}

# start_cluster TASKMANAGERS TOPIC...: everything but the job, cameras and Prometheus; topics as for
# topics create.
start_cluster() {
  local taskmanagers="$1" n
  shift
  require_java
  command -v curl >/dev/null || fail "curl is needed to talk to Flink, but is not on the PATH"
  build_if_needed
  lay_out_flink
  choose_ports
  configure_flink
  flink_environment
  start_kafka
  topics create "$@"
  start_zookeeper
  start_jobmanager
  for ((n = 1; n <= taskmanagers; n++)); do
    start_taskmanager "$n"
  done
  wait_taskmanagers "$taskmanagers"
}

# In the order in which they depend on each other, so that nothing complains of what is gone.
stop_cluster() {
  local name
  for name in $(process_names | grep -v -x -e kafka -e zookeeper -e jobmanager) jobmanager zookeeper kafka; do
    stop_process "$name"
  done
}

# --- Frames and what watches

# start_gateway NAME METRICS_PORT ARGUMENT...
start_gateway() {
  local name="$1" port="$2"
  shift 2
  start_process "$name" "$JAVA" -XX:+UseSerialGC -Xmx512m -cp "target/image/gateway/lib/*" \
    io.afterimage.cli.GatewayMain --bootstrap-servers "$BOOTSTRAP_SERVERS" --metrics-port "$port" "$@"
}

# --- Jobs

# The fields of Flink's flat JSON, without a parser that a machine may lack.
json_number() { sed -n "s/.*\"$1\":\([0-9-]*\).*/\1/p"; }
json_text() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

# Prints "ID STATE" of the newest job, or nothing.
newest_job() {
  curl -fs "$REST/jobs/overview" | sed 's/.*"jobs":\[//; s/},{"jid"/}\n{"jid"/g' |
    sed -n 's/.*"jid":"\([0-9a-f]*\)".*"start-time":\([0-9]*\).*"state":"\([A-Z]*\)".*/\2 \1 \3/p; s/.*"jid":"\([0-9a-f]*\)".*"state":"\([A-Z]*\)".*"start-time":\([0-9]*\).*/\3 \1 \2/p' |
    sort -n | tail -n 1 | cut -d' ' -f2-
}

# Prints the id of the job that has not ended.
running_job() {
  local id state
  read -r id state < <(newest_job) || return 1
  case "$state" in
    FINISHED | FAILED | CANCELED | "") return 1 ;;
    *) echo "$id" ;;
  esac
}

job_state() {
  newest_job | cut -d' ' -f2
}

# flink COMMAND...: Flink's client.
flink() {
  "$JAVA" -Xmx256m -XX:TieredStopAtLevel=1 "${FLINK_JVM[@]}" "-Dlog4j.configurationFile=file:$FLINK_CONF_DIR/log4j-cli.properties" \
    org.apache.flink.client.cli.CliFrontend "$@"
}

# submit [ARGUMENT OF FLINK... --] ARGUMENT OF THE JOB...
submit() {
  local client=()
  while [[ "${1:-}" != -- && $# -gt 0 ]]; do
    client+=("$1")
    shift
  done
  shift
  flink run --detached "${client[@]}" "$FLINK_HOME/usrlib/afterimage-job.jar" --config "$FLINK_HOME/usrlib/afterimage.yaml" \
    -Dkafka.bootstrap-servers="$BOOTSTRAP_SERVERS" \
    -Dcheckpoint.directory="file://$PWD/$CLUSTER_DIR/state/checkpoints" \
    -Dsnapshot.directory="file://$PWD/$CLUSTER_DIR/snapshots" "$@"
}

# One metric of the learner as the TaskManagers show it; nothing if none does.
learner_metric() {
  local port
  for ((port = TASKMANAGER_METRICS_PORT; port < TASKMANAGER_METRICS_PORT + 10; port++)); do
    port_taken "$port" || continue
    curl -fs "http://127.0.0.1:$port/metrics" |
      sed -n "s/^flink_taskmanager_job_task_operator_learner_$1{.*} \(.*\)/\1/p" | grep -v NaN || true
  done | tail -n 1
}

# The number of the newest step, 0 before the first.
step() {
  local value
  value="$(learner_metric step)"
  value="${value:-0}"
  LC_ALL=C printf '%.0f\n' "$value"
}

# Writes Prometheus' configuration: that of src/main/monitoring with the targets of this cluster.
configure_prometheus() {
  local directory="$CLUSTER_DIR/prometheus-conf" n
  mkdir -p "$directory/targets"
  sed "s/localhost:9090/127.0.0.1:$PROMETHEUS_PORT/" src/main/monitoring/prometheus.yml >"$directory/prometheus.yml"
  cp -r src/main/monitoring/rules "$directory/"
  {
    printf -- '- labels: {process: jobmanager}\n  targets: [127.0.0.1:%s]\n' "$JOBMANAGER_METRICS_PORT"
    for ((n = 1; n <= $1; n++)); do
      printf -- '- labels: {process: taskmanager}\n  targets: [127.0.0.1:%s]\n' $((TASKMANAGER_METRICS_PORT + n - 1))
    done
    printf -- '- labels: {process: gateway}\n  targets: [127.0.0.1:%s]\n' "$GATEWAY_METRICS_PORT"
  } >"$directory/targets/cluster.yml"
}

# start_prometheus TASKMANAGERS
start_prometheus() {
  command -v prometheus >/dev/null || fail "Prometheus is not installed (Debian: apt-get install prometheus)"
  configure_prometheus "$1"
  run_prometheus
}

# Runs it as it was configured.
run_prometheus() {
  start_process prometheus prometheus --config.file="$CLUSTER_DIR/prometheus-conf/prometheus.yml" \
    --storage.tsdb.path="$CLUSTER_DIR/prometheus" --web.listen-address="127.0.0.1:$PROMETHEUS_PORT" --log.level=warn
  wait_for 60 "Prometheus' port $PROMETHEUS_PORT" prometheus curl -fs "$PROMETHEUS/-/ready"
}
