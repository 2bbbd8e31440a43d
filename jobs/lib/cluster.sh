# shellcheck shell=bash
# Sourced by jobs/cluster.sh and the drills, after jobs/lib/java.sh and jobs/lib/flink-dist.sh, with
# the project's directory as the working directory and CLUSTER_DIR, an absolute path, set: the parts of a
# cluster on one machine.

source jobs/lib/processes.sh
source jobs/lib/job.sh

FLINK_HOME="$PWD/target/flink"

# --- Kafka

start_kafka() {
  local data="$CLUSTER_DIR/kafka" config="$CLUSTER_DIR/kafka.properties"
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

# Writes the configuration of this cluster: that of the image, with the settings that depend on the
# machine.
configure_flink() {
  local conf="$CLUSTER_DIR/conf" state="file://$CLUSTER_DIR/state"
  mkdir -p "$conf" "$CLUSTER_DIR/state" "$CLUSTER_DIR/zookeeper"
  cp "$FLINK_HOME/conf/"* "$conf/"
  grep -v -e '^metrics.reporter.prom.port:' -e 'bind-host:' -e 'bind-address:' \
    "$FLINK_HOME/conf/config.yaml" >"$conf/config.yaml"
  cat >>"$conf/config.yaml" <<EOF

# Settings of this cluster: one machine, its ports, its directories.
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
dataDir=$CLUSTER_DIR/zookeeper
clientPortAddress=127.0.0.1
clientPort=$ZOOKEEPER_PORT
admin.enableServer=false
server.1=127.0.0.1:$((PORT_BASE + 30)):$((PORT_BASE + 31))
EOF
}

# Takes the JVM's options from the configuration, as Flink's scripts do.
flink_environment() {
  export FLINK_CONF_DIR="$CLUSTER_DIR/conf" FLINK_PLUGINS_DIR="$FLINK_HOME/plugins" FLINK_LIB_DIR="$FLINK_HOME/lib"
  [[ -f "$FLINK_CONF_DIR/config.yaml" ]] || fail "there is no cluster in $CLUSTER_DIR; start it first"
  read -ra FLINK_JVM <<<"$(flink_option env.java.opts.all)"
  FLINK_JVM+=("-Dlog4j.configurationFile=$FLINK_CONF_DIR/log4j-console.properties" -cp "$FLINK_HOME/lib/*")
}

flink_option() {
  sed -n "s/^$1: *//p" "$FLINK_CONF_DIR/config.yaml" | tail -n 1
}

# Prints the result of Flink's memory model for the configuration: the JVM's flags, then -D arguments.
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

# start_cluster TASKMANAGERS TOPIC...: starts everything but the job, cameras and Prometheus; topics
# as for topics create.
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

# Stops processes before those that they depend on, to avoid errors about lost connections.
stop_cluster() {
  local name
  for name in $(process_names | grep -v -x -e kafka -e zookeeper -e jobmanager) jobmanager zookeeper kafka; do
    stop_process "$name"
  done
}

# --- Frames and monitoring

# start_gateway NAME METRICS_PORT ARGUMENT...
start_gateway() {
  local name="$1" port="$2"
  shift 2
  start_process "$name" "$JAVA" -XX:+UseSerialGC -Xmx512m -cp "target/image/gateway/lib/*" \
    io.afterimage.cli.GatewayMain --bootstrap-servers "$BOOTSTRAP_SERVERS" --metrics-port "$port" "$@"
}

# --- Prometheus

# Writes the configuration of Prometheus: that of src/main/monitoring with the targets of this cluster.
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

# Runs Prometheus with the configuration written before.
run_prometheus() {
  start_process prometheus prometheus --config.file="$CLUSTER_DIR/prometheus-conf/prometheus.yml" \
    --storage.tsdb.path="$CLUSTER_DIR/prometheus" --web.listen-address="127.0.0.1:$PROMETHEUS_PORT" --log.level=warn
  wait_for 60 "Prometheus' port $PROMETHEUS_PORT" prometheus curl -fs "$PROMETHEUS/-/ready"
}
