# Questions to a Vakgraaf server from R: profiles, a competence matrix, two profiles compared, levels, sources.
#
# Nothing but R itself is needed. Start a server (scripts/serve, or vakgraaf serve), then
#   Rscript docs/r/vakgraaf.R                        asks http://127.0.0.1:8000
#   Rscript docs/r/vakgraaf.R https://your.server
# What it prints is in vakgraaf.txt beside this file; a test compares the two.

arguments <- commandArgs(trailingOnly = TRUE)
server <- if (length(arguments)) sub("/$", "", arguments[1]) else "http://127.0.0.1:8000"
options(width = 160)

prefixes <- "
PREFIX id: <https://w3id.org/vakgraaf/id/>
PREFIX vg: <https://w3id.org/vakgraaf/def#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dct: <http://purl.org/dc/terms/>
"

# A table from an address. Everything is read as text: a code such as 0123 keeps its zero. `type.convert` on a column
# makes numbers of it where they are meant.
table_at <- function(path, ...) {
  parts <- list(...)
  values <- vapply(parts, URLencode, "", reserved = TRUE)
  query <- paste(names(parts), values, sep = "=", collapse = "&", recycle0 = TRUE)
  address <- paste0(server, path, if (length(parts)) "?", query)
  read.csv(address, colClasses = "character", encoding = "UTF-8", check.names = FALSE)
}

ask <- function(query) table_at("/sparql", format = "csv", query = paste0(prefixes, query))

section <- function(title) cat("\n", title, "\n", strrep("-", nchar(title)), "\n", sep = "")

section("Which profiles are there, and how large?")
profiles <- ask("
SELECT ?profiel ?naam (COUNT(DISTINCT ?taak) AS ?taken) (COUNT(DISTINCT ?skill) AS ?skills) WHERE {
  ?profiel a vg:Profiel ; rdfs:label ?naam .
  MINUS { ?profiel a vg:Stub }  # of those only the name is known
  { ?taak a vg:Taak ; vg:ligtBinnen ?profiel }
  UNION { ?vereiste a vg:Skillvereiste ; vg:ligtBinnen ?profiel ; vg:betreft ?skill }
} GROUP BY ?profiel ?naam ORDER BY ?profiel")
profiles$taken <- as.integer(profiles$taken)
profiles$skills <- as.integer(profiles$skills)
print(profiles[, c("naam", "taken", "skills")], row.names = FALSE)

section("With how many core tasks does each competence go? (Thuisbegeleider)")
matrix <- table_at("/matrix/thuisbegeleider-2011.csv")
tasks <- grep("^Kerntaak", names(matrix))
asked <- matrix[, tasks] == "x" | matrix[, tasks] == "x*"
counts <- data.frame(competence = matrix$competence, kerntaken = rowSums(asked))
print(counts[counts$kerntaken > 0, ], row.names = FALSE)
cat("nowhere:", paste(counts$competence[counts$kerntaken == 0], collapse = ", "), "\n")

section("What do two profiles share?")
compared <- table_at("/compare.csv",
  a = "thuisbegeleider-2011", b = "persoonlijk-begeleider-specifieke-doelgroepen-2013")
print(table(compared$level, compared$relation))
aligned <- compared[compared$level == "task" & compared$relation == "aligned", c("score", "left", "right")]
aligned <- aligned[order(-as.integer(aligned$score), aligned$left), ]
for (row in seq_len(min(3, nrow(aligned)))) {
  cat(aligned$score[row], ": ", aligned$left[row], "\n      ", aligned$right[row], "\n", sep = "")
}

section("At which level is the profile, and by which source?")
levels <- ask("
SELECT DISTINCT ?van ?niveau ?status ?bron WHERE {
  id:profiel\\/thuisbegeleider-2011 vg:heeftInschaling/vg:afgeleidVia* ?stap .
  ?wie vg:heeftInschaling ?stap ; rdfs:label ?van .
  ?stap vg:niveau/rdfs:label ?niveau ; vg:status ?status .
  OPTIONAL { ?stap dct:source/rdfs:label ?bron FILTER(LANG(?bron) = 'nl') }
  FILTER(LANG(?van) = 'nl' && LANG(?niveau) = 'nl')
} ORDER BY ?niveau ?status ?van")
print(levels, row.names = FALSE, right = FALSE)
