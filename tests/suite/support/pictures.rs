//! Pictures made by the tests themselves, and how browsers send them.

use std::io::{Cursor, Write as _};
use std::sync::LazyLock;

use http::header::{ACCEPT, ORIGIN, REFERER};
use http::{Method, StatusCode};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use png::{ColorType, Encoder, Filter};
use reqwest::multipart::{Form, Part};

use super::{Answer, Client, TestApp};

/// A photo: smooth colours, red on its left half, blue on its right.
pub fn photo(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| {
        let shade = u8::try_from((x * 7 + y * 3) % 40).unwrap();
        if x < width / 2 { Rgb([200 + shade, 30, 30]) } else { Rgb([30, 30, 200 + shade]) }
    }))
}

/// A logo: green in the middle of nothing.
pub fn logo(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgba8(RgbaImage::from_fn(width, height, |x, _| {
        let is_inside = (width / 4..width * 3 / 4).contains(&x);
        if is_inside { Rgba([20, 160, 60, 255]) } else { Rgba([0, 0, 0, 0]) }
    }))
}

pub fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    image.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

pub fn png(width: u32, height: u32) -> Vec<u8> {
    encoded(&photo(width, height), ImageFormat::Png)
}

pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encoded(&photo(width, height), ImageFormat::Jpeg)
}

/// A JPEG as a phone writes it: lying on its side (orientation 6), with a comment and the place where it was taken.
pub fn jpeg_of_phone(width: u32, height: u32, secret: &str) -> Vec<u8> {
    let plain = jpeg(width, height);
    let mut exif = b"Exif\0\0II\x2a\0\x08\0\0\0".to_vec();
    // One entry: orientation (0x0112), SHORT, one value, 6.
    exif.extend([1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(format!("GPS {secret}").bytes());
    let mut file = plain[..2].to_vec();
    for (marker, content) in [(0xe1, exif), (0xfe, secret.as_bytes().to_vec())] {
        file.extend([0xff, marker]);
        file.extend(u16::try_from(content.len() + 2).unwrap().to_be_bytes());
        file.extend(content);
    }
    file.extend(&plain[2..]);
    file
}

/// A whole PNG of one colour, written row by row: it takes a thousandth of the memory its pixels would.
pub fn flat_png(width: u32, height: u32, color: ColorType) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_color(color);
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header().unwrap();
    let row = vec![0; color.samples() * width as usize];
    let mut rows = writer.stream_writer().unwrap();
    (0..height).for_each(|_| rows.write_all(&row).unwrap());
    rows.finish().unwrap();
    drop(writer);
    file
}

/// Of 22,000 x 22,000 grey pixels, which would be 484 MB, in under half a megabyte. Made once: it takes a second.
pub fn png_bomb() -> Vec<u8> {
    static BOMB: LazyLock<Vec<u8>> = LazyLock::new(|| flat_png(22_000, 22_000, ColorType::Grayscale));
    BOMB.clone()
}

/// Files as (field, file name, content), sent as a browser with scripts does.
pub async fn upload(
    browser: &Client,
    path: &str,
    files: Vec<(&'static str, &'static str, Vec<u8>)>,
) -> Answer {
    send(browser, path, form(files), "application/json").await
}

/// The same from a plain form; its texts come first.
pub async fn submit_files(
    browser: &Client,
    path: &str,
    texts: Vec<(&'static str, &'static str)>,
    files: Vec<(&'static str, &'static str, Vec<u8>)>,
) -> Answer {
    let form = texts.into_iter().fold(Form::new(), |form, (name, value)| form.text(name, value));
    let form = files
        .into_iter()
        .fold(form, |form, (field, name, content)| form.part(field, Part::bytes(content).file_name(name)));
    send(browser, path, form, "text/html").await
}

fn form(files: Vec<(&'static str, &'static str, Vec<u8>)>) -> Form {
    files.into_iter().fold(Form::new(), |form, (field, name, content)| {
        // What a browser says a file is counts for nothing.
        form.part(field, Part::bytes(content).file_name(name).mime_str("image/png").unwrap())
    })
}

async fn send(browser: &Client, path: &str, form: Form, accept: &str) -> Answer {
    let request = browser
        .request(Method::POST, path)
        .header(ACCEPT, accept)
        .header(ORIGIN, &browser.origin)
        .header(REFERER, format!("{}/", browser.origin))
        .header("sec-fetch-site", "same-origin")
        .multipart(form);
    browser.send(request).await
}

/// Sends an avatar that is kept.
pub async fn set_avatar(browser: &Client, file: Vec<u8>) {
    let answer = upload(browser, "/files/avatar", vec![("avatar", "me.jpg", file)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

/// The addresses of the pictures that `selector` finds on a page.
pub async fn addresses(browser: &Client, page: &str, selector: &str) -> Vec<String> {
    browser.get(page).await.html().attributes(selector, "src")
}

/// A picture as this browser gets it.
pub async fn fetch(browser: &Client, address: &str) -> Option<DynamicImage> {
    let response = browser.request(Method::GET, address).send().await.unwrap();
    if response.status() != StatusCode::OK {
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{address}");
        return None;
    }
    let bytes = response.bytes().await.unwrap();
    Some(image::load_from_memory_with_format(&bytes, ImageFormat::WebP).expect("a WebP"))
}

impl TestApp {
    /// Every key in the storage, sorted, with its bucket in front.
    pub async fn stored_keys(&self) -> Vec<String> {
        use futures_util::TryStreamExt as _;

        let mut keys = Vec::new();
        for bucket in domain::uploads::Bucket::ALL {
            let listed: Vec<String> = self.services.storage.keys(bucket).try_collect().await.unwrap();
            keys.extend(listed.into_iter().map(|key| format!("{} {key}", bucket.as_str())));
        }
        keys.sort();
        keys
    }
}
