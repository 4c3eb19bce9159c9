"""Pools of many owners on Apache Spark: the same questions, the same resolver, more machines."""
