/** Product, project and company names that look like typos of our vocabulary. Lower case; add what people run into. */
export const brands: ReadonlySet<string> = new Set(
  `airbnb airflow akka alibaba aliyun amazon anaconda android angular ansible apache arduino argo argocd asana ashby atlassian auth0
  autodesk azure bamboo bazel bedrock bitbucket bitwarden blender bloomberg bootstrap bosch bugzilla bytedance canva cassandra ceph
  chatgpt chrome chromium cisco claude clickhouse clickup cloudflare cobol codeium codex concur confluence consul copilot coredns
  couchbase cpanel crowdin cursor cypress databricks datadog debian deepseek delphi discord django docusign docker dockerhub dropbox
  druid duckdb dynatrace eclipse elastic elasticsearch electron envoy ericsson erlang eslint etcd excel facebook fastapi ffmpeg figma
  firebase firefox flask flink fluentd flutter fortran gatsby gemini gerrit gimp github gitlab gitee gitea gmail gnome golang google
  gradle grafana grammarly graphql greenhouse groovy grpc gstreamer hadoop haproxy hashicorp haskell helm heroku hibernate hive
  huawei hubspot huggingface icinga influxdb intel intellij ionic ipad iphone istio jaeger jasmine java javascript jenkins jest
  jetbrains jinja jira jquery julia junit jupyter kafka keycloak kibana knative kong kotlin kubeflow kubernetes lambda laravel
  lenovo libreoffice linkedin linux llama llvm log4j looker lucene lustre macbook macos magento mariadb matlab maven medium
  memcached mercurial meson meta microsoft minikube minio mistral mixpanel mongo mongodb moodle mozilla mysql nagios neo4j netapp
  netflix netlify nextcloud nginx nodejs nokia notion nuget numpy nvidia okta ollama onedrive openai openapi opencv openjdk openshift
  openssl openstack opensearch oracle outlook packer pandas paypal pepsi perl phabricator photoshop pinterest podman postgres
  postgresql postman powerpoint prettier prisma prometheus pulsar pulumi puppet pycharm pypi pytest python pytorch qualcomm rabbitmq
  rails raspberry reddit redhat redis redux redmine renovate roku rollup ruby rust saltstack samba samsung sass salesforce scala
  scikit scipy selenium sentry servicenow sharepoint shopify siemens signal sketch skype slack slackbot snowflake solaris solr
  sonarqube sourceforge spark splunk spotify spring sqlite stripe subversion sumo superset svelte swagger swift tableau tailwind
  teams telegram tencent tensorflow terraform thanos tomcat toyota travis trello twilio twitter typescript ubuntu unity vagrant valgrind
  vault vercel verizon vmware vscode vuejs wechat weaviate webex webpack whatsapp wikipedia windows wireshark wordpress workday xcode
  yandex yarn zabbix zapier zendesk zookeeper zoom alpine centos fedora gentoo suse deno numba polars vite vitest playwright cypress
  nextjs nestjs lodash axios dayjs storybook valkey opentofu terragrunt langchain llamaindex pinecone qdrant milvus`.split(
    /\s+/,
  ),
);
