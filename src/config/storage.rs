use std::path::{Path, PathBuf};

use secrecy::SecretString;
use services::storage::S3Settings;
use services::uploads::UploadQuotas;

use super::production::Problem;
use super::source::Reader;

/// Where uploaded files are kept.
#[derive(Debug, Clone)]
pub enum Storage {
    Directory(PathBuf),
    S3(S3Settings),
}

/// What `ATRIA_STORAGE_URL` says by itself.
enum Place {
    Directory(PathBuf),
    Bucket { name: String, prefix: String },
}

impl Storage {
    /// From `ATRIA_STORAGE_URL` and, for a bucket, `ATRIA_S3_…`; a directory in `data_dir` when nothing is set.
    pub(super) fn read(reader: &mut Reader<'_>, data_dir: &Path) -> Self {
        let default = || Self::Directory(data_dir.join("files"));
        match reader.read("ATRIA_STORAGE_URL", parse_place) {
            None => default(),
            Some(Place::Directory(path)) if path.as_os_str().is_empty() => default(),
            Some(Place::Directory(path)) => Self::Directory(path),
            Some(Place::Bucket { name, prefix }) => Self::S3(read_bucket(reader, name, prefix)),
        }
    }
}

fn read_bucket(reader: &mut Reader<'_>, bucket: String, prefix: String) -> S3Settings {
    let text = |reader: &mut Reader<'_>, name| reader.read(name, |text| Ok(text.to_owned()));
    let needed = |reader: &mut Reader<'_>, name: &'static str| {
        text(reader, name).unwrap_or_else(|| {
            let wrong = "the bucket of ATRIA_STORAGE_URL needs it";
            reader.problems.push(Problem::new(name, wrong, "Set both parts of the key."));
            String::new()
        })
    };
    let access_key = needed(reader, "ATRIA_S3_ACCESS_KEY");
    let secret_key = SecretString::from(needed(reader, "ATRIA_S3_SECRET_KEY"));
    S3Settings {
        bucket,
        prefix,
        region: text(reader, "ATRIA_S3_REGION").unwrap_or_default(),
        endpoint: reader.read("ATRIA_S3_ENDPOINT", parse_endpoint),
        access_key,
        secret_key,
    }
}

pub(super) fn read_quotas(reader: &mut Reader<'_>) -> UploadQuotas {
    let default = UploadQuotas::default();
    UploadQuotas {
        person_and_day: reader
            .read("ATRIA_UPLOAD_MB_PER_DAY", parse_megabytes)
            .unwrap_or(default.person_and_day),
        event: reader.read("ATRIA_UPLOAD_MB_PER_EVENT", parse_megabytes).unwrap_or(default.event),
        organization: reader
            .read("ATRIA_UPLOAD_MB_PER_ORGANIZATION", parse_megabytes)
            .unwrap_or(default.organization),
    }
}

fn parse_place(text: &str) -> Result<Place, String> {
    if let Some(rest) = text.strip_prefix("s3://") {
        let (name, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        // Not quoted: it may be a key.
        if name.is_empty() || name.contains('@') {
            return Err(
                "is not s3://bucket or s3://bucket/prefix; keys have settings of their own".to_owned()
            );
        }
        return Ok(Place::Bucket { name: name.to_owned(), prefix: prefix.to_owned() });
    }
    let path = text.strip_prefix("file:").ok_or("does not start with file: or s3://")?;
    Ok(Place::Directory(PathBuf::from(path.strip_prefix("//").unwrap_or(path))))
}

fn parse_endpoint(text: &str) -> Result<String, String> {
    let known = text.starts_with("https://") || text.starts_with("http://");
    if known { Ok(text.to_owned()) } else { Err("does not start with https:// or http://".to_owned()) }
}

fn parse_megabytes(text: &str) -> Result<u32, String> {
    let megabytes = text.parse().ok().filter(|megabytes| (1..=1_000_000).contains(megabytes));
    megabytes.ok_or_else(|| format!("`{text}` is not a number of megabytes from 1 to 1000000"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Source};

    fn read(pairs: &[(&str, &str)]) -> Result<Storage, Vec<&'static str>> {
        let source = Source::from_pairs(
            [("ATRIA_ENV", "test"), ("ATRIA_DATA_DIR", "/data")].iter().chain(pairs).copied(),
        );
        let names = |problems: Vec<Problem>| problems.iter().map(|problem| problem.setting).collect();
        Config::from_source(&source).map(|config| config.storage).map_err(|error| names(error.0))
    }

    #[test]
    fn files_are_kept_in_a_directory_unless_a_bucket_is_named() {
        let directory = |pairs: &[(&str, &str)]| match read(pairs).unwrap() {
            Storage::Directory(path) => path,
            Storage::S3(_) => panic!("a directory"),
        };
        assert_eq!(directory(&[]), Path::new("/data/files"));
        assert_eq!(directory(&[("ATRIA_STORAGE_URL", "file:")]), Path::new("/data/files"));
        assert_eq!(directory(&[("ATRIA_STORAGE_URL", "file:///srv/atria")]), Path::new("/srv/atria"));
    }

    #[test]
    fn a_bucket_needs_its_key_and_prints_no_secret() {
        let bucket = ("ATRIA_STORAGE_URL", "s3://files/atria/one");
        assert_eq!(read(&[bucket]).unwrap_err(), ["ATRIA_S3_ACCESS_KEY", "ATRIA_S3_SECRET_KEY"]);
        let keys = [("ATRIA_S3_ACCESS_KEY", "AK"), ("ATRIA_S3_SECRET_KEY", "canary-7f3a")];
        let Storage::S3(settings) = read(&[bucket, keys[0], keys[1]]).unwrap() else { panic!("a bucket") };
        assert_eq!(
            (&*settings.bucket, &*settings.prefix, &*settings.region),
            ("files", "atria/one", "us-east-1")
        );
        assert!(!format!("{settings:?}").contains("canary"));
        let wrong = ("ATRIA_S3_ENDPOINT", "minio:9000");
        assert_eq!(read(&[bucket, keys[0], keys[1], wrong]).unwrap_err(), ["ATRIA_S3_ENDPOINT"]);
        assert_eq!(read(&[("ATRIA_STORAGE_URL", "s3://key:word@files")]).unwrap_err(), ["ATRIA_STORAGE_URL"]);
    }
}
