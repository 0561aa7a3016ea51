"""Letters: written in the transaction of the act they belong to, sent afterwards by a job."""
