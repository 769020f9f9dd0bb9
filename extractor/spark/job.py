"""A job for `spark-submit`: documents in JSON Lines or Parquet, records out as partitioned Parquet.

    spark-submit [options of Spark] job.py INPUT OUTPUT [--text COLUMN] [--id COLUMN] [--title COLUMN]
        [--published COLUMN] [--rules DIR] [--partitions N] [--time-limit SECONDS]

INPUT is a path or pattern that Spark reads, with .parquet in its name for Parquet. OUTPUT must not exist; nothing is
seen in it before the job has committed all of it, and then a file _SUCCESS.
"""

from __future__ import annotations

import argparse
import sys

from pyspark.sql import SparkSession

from extractor.rules.problems import RuleError
from extractor.spark import extract


def main(arguments: list[str] | None = None) -> int:
    """Run the job; the exit status."""
    parser = argparse.ArgumentParser(description="Records of documents, as partitioned Parquet.")
    parser.add_argument("input")
    parser.add_argument("output")
    parser.add_argument("--text", default="text")
    parser.add_argument("--id", default="id")
    parser.add_argument("--title")
    parser.add_argument("--published")
    parser.add_argument("--rules", action="append", default=[])
    parser.add_argument("--partitions", type=int, help="tasks; else as many as Spark makes of the input")
    parser.add_argument("--time-limit", type=float, default=60, help="seconds that one document may take")
    options = parser.parse_args(arguments)
    spark = SparkSession.builder.appName("extractor").getOrCreate()
    read = spark.read.parquet if ".parquet" in options.input else spark.read.json
    df = read(options.input)
    if options.partitions:
        df = df.repartition(options.partitions)
    try:
        records = extract(
            df,
            options.text,
            options.id,
            title=options.title,
            published=options.published,
            rules=options.rules,
            time_limit=options.time_limit,
        )
    except RuleError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    records.write.parquet(options.output, compression="zstd")
    spark.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
