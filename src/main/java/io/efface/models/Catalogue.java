package io.efface.models;

import io.efface.detect.Label;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The models by others that can be fetched by name.
 *
 * @param models in the order they are listed in
 */
public record Catalogue(List<CatalogueModel> models) {

  /** Copies the list and checks that no name stands twice. */
  public Catalogue {
    models = List.copyOf(models);
    if (models.stream().map(CatalogueModel::name).distinct().count() != models.size()) {
      throw new IllegalArgumentException("a model stands twice in the catalogue");
    }
  }

  /** The models that this version knows. Addresses name a revision or release where one exists. */
  public static Catalogue published() {
    return new Catalogue(
        List.of(
            new CatalogueModel(
                "yunet",
                "YuNet 2023mar, OpenCV's zoo",
                URI.create(
                    "https://github.com/opencv/opencv_zoo/raw/"
                        + "47534e27c9851bb1128ccc0102f1145e27f23f98/"
                        + "models/face_detection_yunet/face_detection_yunet_2023mar.onnx"),
                "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4",
                232_589,
                "MIT",
                true,
                Label.FACE),
            new CatalogueModel(
                "centerface",
                "CenterFace, Star-Clouds",
                URI.create(
                    "https://github.com/Star-Clouds/CenterFace/raw/"
                        + "b82ec0c4844e89fd5a0305986aed9bdf33c72585/models/onnx/centerface.onnx"),
                "77e394b51108381b4c4f7b4baf1c64ca9f4aba73e5e803b2636419578913b5fe",
                7_532_772,
                "MIT",
                true,
                Label.FACE),
            new CatalogueModel(
                "scrfd-10g",
                "SCRFD 10G with landmarks, InsightFace, as UniFace passes it on",
                URI.create(
                    "https://github.com/yakhyo/uniface/releases/download/v0.1.2/"
                        + "scrfd_10g_kps.onnx"),
                "5838f7fe053675b1c7a08b633df49e7af5495cee0493c7dcf6697200b85b5b91",
                16_923_827,
                "InsightFace's model licence: non-commercial research only",
                false,
                Label.FACE),
            new CatalogueModel(
                "yolo-v9-t-640-plates",
                "YOLOv9-t 640 end to end, open-image-models",
                URI.create(
                    "https://github.com/ankandrew/open-image-models/releases/download/assets/"
                        + "yolo-v9-t-640-license-plates-end2end.onnx"),
                "c3c1026ca7d0585dd88084d68182dd897113712fa734ae1557ca70174440c076",
                7_835_770,
                "MIT",
                true,
                Label.PLATE)));
  }

  /** The model of a name. */
  public Optional<CatalogueModel> find(String name) {
    return models.stream().filter(model -> model.name().equals(name)).findFirst();
  }

  /** The model whose published file has a SHA-256, whatever it is called. */
  Optional<CatalogueModel> ofHash(String sha256) {
    return models.stream().filter(model -> model.sha256().equals(sha256)).findFirst();
  }
}
